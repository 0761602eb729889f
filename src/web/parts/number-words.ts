import { inLanguage } from '../language.ts'

const locale = inLanguage<string>('en-GB', 'de-DE')

/** `33,180`, in German `33.180`. */
export function countText(count: number): string {
  return plain.format(count)
}

/** `0.02`, in German `0,02`. */
export function decimalText(value: number, digits: number): string {
  return value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** `1 alert`, `1,204 alerts`: the number as it is written, with the noun that goes with it. */
export function counted(count: number | string, one: string, many: string): string {
  return `${count} ${String(count) === '1' ? one : many}`
}

const plain = new Intl.NumberFormat(locale)
