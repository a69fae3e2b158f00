/** A copy that lacks some fields: what one side of a chat is not shown. */
export function without<T extends object, Name extends keyof T>(value: T, ...names: Name[]): Omit<T, Name> {
  const copy = { ...value }
  for (const name of names) Reflect.deleteProperty(copy, name)
  return copy
}
