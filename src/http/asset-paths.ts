/** Where pages find what they are made with: files of our own, so that nothing is inline and nothing comes from elsewhere. */
export const ASSETS = {
  stylesheet: '/assets/zetel.css',
  script: '/assets/zetel.js',
  htmx: '/assets/htmx.js',
} as const
export type AssetName = keyof typeof ASSETS
