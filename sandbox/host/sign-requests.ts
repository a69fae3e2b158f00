import http from 'node:http'
import { PROCESS_HEADER } from '../http/process-header'

/**
 * From now on every request over plain HTTP names this process. It has to happen before the bundle is loaded; requests to
 * other machines go over HTTPS and stay as they are.
 */
export function signRequests(processNumber: string): void {
  const request = http.request.bind(http) as (...given: unknown[]) => http.ClientRequest
  Object.assign(http, {
    request: (...given: unknown[]) => {
      const made = request(...given)
      if (!made.headersSent) made.setHeader(PROCESS_HEADER, processNumber)
      return made
    },
  })
}
