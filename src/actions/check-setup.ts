import { RuntimeError } from '@botpress/client'
import type { ActionProps } from '../bp'

export function checkSetup(props: ActionProps['checkSetup']): Promise<never> {
  return Promise.reject(new RuntimeError(`not built yet: ${props.type}`))
}
