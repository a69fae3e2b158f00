/**
 * Header by which a process of the integration says which one it is: on its requests to the platforms, and on its answers.
 * Only the sandbox knows it: the wire takes it off and keeps the number.
 */
export const PROCESS_HEADER = 'x-sandbox-process'

/** The process that gave an answer, if it said so. */
export function processOf(headers: Headers): { process?: number } {
  const number = headers.get(PROCESS_HEADER)
  return number === null ? {} : { process: Number(number) }
}

/** The process that makes a request, if it says so. */
export function callerOf(headers: Record<string, string>): { process?: number } {
  const number = headers[PROCESS_HEADER]
  return number === undefined ? {} : { process: Number(number) }
}
