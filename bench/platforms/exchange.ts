export type Fields = Record<string, unknown>

/** One request, read. */
export type Asked = { method: string; path: string; query: URLSearchParams; authorization: string; body: Fields }
/** What a platform answers; status 200 unless it says another. */
export type Answer = { status?: number; headers?: Record<string, string>; body: unknown }

/** The fields of what should be an object; none of anything else. */
export const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
