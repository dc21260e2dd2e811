// Files that the bundler hands over as text (wrangler.toml, `rules`).
declare module '*.css' {
  const text: string
  export default text
}
declare module '*/zetel.js' {
  const text: string
  export default text
}
declare module '*.min.js' {
  const text: string
  export default text
}
