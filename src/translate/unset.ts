import { hasVisibleText } from './sanitize'

/** How a form or a variable without a value arrives; put into a text, such a variable becomes "undefined" or "null". */
export function isUnset(given: unknown): boolean {
  if (typeof given !== 'string') return given === undefined || given === null
  return !hasVisibleText(given) || /^(?:undefined|null)$/.test(given.trim())
}
