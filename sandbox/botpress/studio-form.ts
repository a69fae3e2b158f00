import type { JsonSchema } from './definition'
import type { Payload } from './objects'
import type { Settings } from './settings'

/** The values of a form as Studio saves them: what nobody filled in is absent, `''` (texts and numbers alone) or `null`. */
export function filledIn(
  schema: JsonSchema | undefined,
  values: Payload | undefined,
  mode: Settings['emptySettings'],
): Payload | undefined {
  if (mode === 'absent' || !schema) return values
  const fields = Object.entries(propertiesOf(schema)).filter(([, field]) => mode === 'null' || isTyped(field))
  const empty = mode === 'null' ? null : ''
  return { ...Object.fromEntries(fields.map(([name]) => [name, empty])), ...values }
}

/** Schema of one field of an object. */
export const fieldOf = (schema: JsonSchema | undefined, name: string): JsonSchema | undefined =>
  schema && propertiesOf(schema)[name]

const propertiesOf = ({ properties = {} }: JsonSchema) => properties as Record<string, JsonSchema>

/** Fields into which something is typed or chosen; not switches, lists and groups. */
const isTyped = ({ type }: JsonSchema) => !['boolean', 'array', 'object'].includes(String(type))
