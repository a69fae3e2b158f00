/** One place of a bundle and the source line that it stands for; all numbers count from 0. */
export type Mapping = { line: number; column: number; source: string; sourceLine: number }

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Reads a source map of version 3 (ECMA-426, "Mappings structure"). */
export function mappingsOf(json: string): Mapping[] {
  const { sources, mappings } = JSON.parse(json) as { sources: string[]; mappings: string }
  let [source, sourceLine] = [0, 0]
  return mappings.split(';').flatMap((group, line) => {
    let column = 0
    return group.split(',').flatMap((segment): Mapping[] => {
      const [columns = 0, sourcesOn, linesOn = 0] = numbersIn(segment)
      column += columns
      if (sourcesOn === undefined) return []
      source += sourcesOn
      sourceLine += linesOn
      return [{ line, column, source: sources[source] ?? '', sourceLine }]
    })
  })
}

/** Base 64 VLQ: five bits a digit, the lowest first; the sixth bit says that more follow, the first that the number is negative. */
function numbersIn(segment: string): number[] {
  const numbers: number[] = []
  let [value, shift] = [0, 0]
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return numbers
}
