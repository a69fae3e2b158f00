import { RuntimeError } from '@botpress/client'
import type { ActionProps } from '../bp'

export function checkAvailability(props: ActionProps['checkAvailability']): Promise<never> {
  return Promise.reject(new RuntimeError(`not built yet: ${props.type}`))
}
