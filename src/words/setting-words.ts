/** What stands on the setting pages. */
export type SettingWords = { title: string }
