import { z } from 'zod'

const limit = z.number().int().positive().nullable()

/** What a caller may set; the README says for each whether it is a documented fact or a choice. */
export const settingsSchema = z.strictObject({
  /** Life of an access token in seconds. */
  token_seconds: z.number().positive(),
  /** Seconds after issue before which a refresh is refused; follows token_seconds - 30 unless set itself. */
  refresh_not_before_seconds: z.number().min(0),
  /** Status of the refusal of an early refresh. */
  early_refresh_status: z.union([z.literal(400), z.literal(401)]),
  refresh_idle_days: z.number().positive(),
  code_seconds: z.number().positive(),
  reuse_model: z.enum(['A', 'B', 'C', 'D', 'E']),
  /** Status of 'Old refresh token used.'. */
  reuse_status: z.union([z.literal(400), z.literal(401)]),
  /** Window of reuse model D in seconds. */
  overlap_seconds: z.number().positive(),
  older_chain_dies: z.enum(['at_exchange', 'at_consent', 'at_first_use']),
  older_access_token_survives: z.boolean(),
  token_calls_per_day: limit,
  default_registration: z.enum(['published', 'self_registered']),
  braced_user_ids: z.boolean(),
  user_has_rights_shape: z.enum(['object', 'bare', 'html', 'error']),
  divisions_url_checked: z.boolean(),
  missing_read_right: z.enum(['forbidden', 'empty']),
  no_access_reason: z.boolean(),
  me_bucket: z.enum(['none', 'current_division']),
  minute_limit: limit,
  day_limit: limit,
  error_limit: limit,
  lookup_lag_ms: z.number().min(0),
  mandatory_status: z.union([z.literal(400), z.literal(500)]),
  unknown_property: z.enum(['refused', 'ignored']),
  your_ref_max_length: limit,
  duplicate_entry_number: z.enum(['accepted', 'refused']),
  caller_chosen_id: z.enum(['ignored', 'honoured']),
  line_amounts: z.enum(['excluding', 'including']),
  general_must_balance: z.boolean(),
  select_required: z.boolean(),
  atom_by_default: z.boolean(),
})

export type Settings = z.infer<typeof settingsSchema>

export const settingsPatch = settingsSchema.partial()
export type SettingsPatch = z.infer<typeof settingsPatch>

/** The settings a fresh sandbox starts with. */
export const defaultSettings: Settings = {
  token_seconds: 600,
  refresh_not_before_seconds: 570,
  early_refresh_status: 400,
  refresh_idle_days: 30,
  code_seconds: 180,
  reuse_model: 'B',
  reuse_status: 401,
  overlap_seconds: 30,
  older_chain_dies: 'at_exchange',
  older_access_token_survives: false,
  token_calls_per_day: null,
  default_registration: 'published',
  braced_user_ids: false,
  user_has_rights_shape: 'object',
  divisions_url_checked: false,
  missing_read_right: 'forbidden',
  no_access_reason: false,
  me_bucket: 'none',
  minute_limit: 60,
  day_limit: 5000,
  error_limit: 10,
  lookup_lag_ms: 0,
  mandatory_status: 400,
  unknown_property: 'refused',
  your_ref_max_length: 30,
  duplicate_entry_number: 'accepted',
  caller_chosen_id: 'ignored',
  line_amounts: 'excluding',
  general_must_balance: true,
  select_required: false,
  atom_by_default: true,
}

/** Lay a patch over the settings; a new token life moves the refresh window with it. */
export function patched(settings: Settings, patch: SettingsPatch): Settings {
  const derived =
    patch.token_seconds === undefined ? {} : { refresh_not_before_seconds: Math.max(0, patch.token_seconds - 30) }
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  return { ...settings, ...derived, ...given }
}
