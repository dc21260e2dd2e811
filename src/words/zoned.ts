import type { MeasureWords } from './words.ts'

type Form = 'moment' | 'day' | 'time'

const FORMS: Record<Form, Intl.DateTimeFormatOptions> = {
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hour12: false },
}

/** Write moments and amounts as one language does. Making a format costs more than using it, so each is made once. */
export function zoned(language: string): Pick<MeasureWords, 'moment' | 'day' | 'time' | 'money'> {
  const made = new Map<string, Intl.DateTimeFormat>()
  const format = (form: Form, zone: string): Intl.DateTimeFormat => {
    const key = `${form} ${zone}`
    const known = made.get(key) ?? new Intl.DateTimeFormat(language, { ...FORMS[form], timeZone: zone })
    made.set(key, known)
    return known
  }
  const euros = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' })
  return {
    moment: (at, zone) => format('moment', zone).format(at),
    day: (at, zone) => format('day', zone).format(at),
    time: (at, zone) => format('time', zone).format(at),
    money: cents => euros.format(cents / 100).replaceAll(/\s/g, ' '),
  }
}
