/**
 * JSON with every character beyond ASCII escaped, so that no charset can spoil it on the way: the SDK's own server decodes
 * chunk by chunk and would break a character cut in two.
 */
export function asciiJson(value: unknown): string {
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escape)
}
