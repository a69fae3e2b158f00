import * as z from 'zod/mini'

/**
 * A field that LiveChat may leave out. One of an unforeseen kind counts as left out too: it is never worth losing the
 * rest of the answer. Not `z.catch`: it alone brings 10 kB of zod's helpers into the bundle.
 */
export function maybe<T extends z.ZodMiniType>(shape: T) {
  return z.pipe(
    z.optional(z.unknown()),
    z.transform((given): z.output<T> | undefined => (given === undefined ? undefined : z.safeParse(shape, given).data)),
  )
}

/** The rows that fit: one that does not is never worth losing the others. */
export function fitting<T extends z.ZodMiniType>(row: T, rows: readonly unknown[]): z.output<T>[] {
  return rows.flatMap((raw) => {
    const read = z.safeParse(row, raw)
    return read.success ? [read.data] : []
  })
}

/** A list that must be there; of its rows those are kept that fit. */
export function rowsOf<T extends z.ZodMiniType>(row: T) {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((rows) => fitting(row, rows)),
  )
}

/** The same for a list that may be left out. */
export function listOf<T extends z.ZodMiniType>(row: T) {
  return z.pipe(
    maybe(z.array(z.unknown())),
    z.transform((rows) => fitting(row, rows ?? [])),
  )
}

/** `properties` of chats, threads and events: `{ namespace: { name: value } }`. */
export const PropertiesShape = maybe(z.record(z.string(), maybe(z.record(z.string(), z.unknown()))))

/** Addresses of pictures come without a scheme at times [livechat.md: Ids of people]: `cdn.example/a.png`. */
export function withScheme(address: string | undefined): string | undefined {
  const given = address?.trim()
  if (!given) return undefined
  if (/^https?:\/\//i.test(given)) return given
  if (given.startsWith('//')) return `https:${given}`
  return /^(data|blob|file|javascript|[a-z]+:\/\/)/i.test(given) ? undefined : `https://${given}`
}
