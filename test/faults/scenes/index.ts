import type { Scene } from '../scene'
import { AFTERWARDS } from './afterwards'
import { AGENT } from './agent'
import { CUSTOMER } from './customer'
import { ENDING } from './ending'
import { SETUP } from './setup'
import { STARTING } from './starting'

/** Every step of a handoff that ends in remote calls, in the order in which a customer would live them. */
export const SCENES: Scene[] = [...STARTING, ...CUSTOMER, ...AGENT, ...ENDING, ...AFTERWARDS, ...SETUP]
