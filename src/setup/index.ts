import type { IntegrationProps } from '../bp'

export const register: IntegrationProps['register'] = () => Promise.resolve()
export const unregister: IntegrationProps['unregister'] = () => Promise.resolve()
