import { z } from 'zod'
import { ApiError } from '../api-error'
import { PayloadObject, checkSize, read } from '../checks'
import { fitDeclared } from '../declared-schema'
import { newId } from '../ids'
import type { Payload, State, StateType } from '../objects'
import { operation, type PathParams } from '../operation'
import { declaredFor, ownerOf, type Caller, type Platform } from '../platform'
import { later, stateKey, type StateRow } from '../store'
import { find, leaveRoomForRace, newRow } from './lookup'

const StateTypes = z.enum(['conversation', 'user', 'integration', 'bot', 'workflow'])
const Expiry = z.number().int().min(1).max(2_592_000_000)
const expiry = { expiry: Expiry.nullable().optional() }
const SetState = z.strictObject({ payload: PayloadObject.nullable(), ...expiry })
const GetOrSetState = z.strictObject({ payload: PayloadObject, ...expiry })
const PatchState = z.strictObject({ payload: PayloadObject })
const SetStateExpiry = z.strictObject({ expiry: Expiry.nullable() })

type StateAddress = { type: StateType; id: string; name: string }

/** Throws `ResourceNotFound` when the state was never set, was deleted or has expired. */
export function getState(platform: Platform, caller: Caller, address: StateAddress): State {
  return existing(platform, caller, address).object
}

/** `null` deletes. */
export function setState(
  platform: Platform,
  caller: Caller,
  address: StateAddress,
  payload: Payload | null,
  expiryMs?: number | null,
): State {
  checkAddress(platform, caller, address)
  if (payload) checkPayload(platform, caller, address, payload)
  return storeState(platform, caller, address, payload, expiryMs)
}

function storeState(
  platform: Platform,
  caller: Caller,
  address: StateAddress,
  payload: Payload | null,
  expiryMs?: number | null,
): State {
  const { store } = platform
  const key = keyOf(caller, address)
  const previous = currentRow(platform, caller, address)
  const row = stateRow(caller, address, payload ?? {}, previous)
  touch(row, expiryMs === undefined ? previous?.expiryMs : (expiryMs ?? undefined))
  if (payload) store.states.set(key, row)
  else store.states.delete(key)
  store.changed()
  return row.object
}

export async function getOrSetState(
  platform: Platform,
  caller: Caller,
  address: StateAddress,
  payload: Payload,
  expiryMs?: number | null,
): Promise<State> {
  checkAddress(platform, caller, address)
  const found = currentRow(platform, caller, address)
  if (found) return found.object
  await leaveRoomForRace(platform.settings.getOrSetAtomic, platform.settings.raceWindowMs)
  return setState(platform, caller, address, payload, expiryMs)
}

/** What is done with the keys that are not given is a switch. Merging removes a key whose value is `null`. */
function patchState(platform: Platform, caller: Caller, address: StateAddress, changes: Payload): State {
  const { patchState: mode } = platform.settings
  if (mode === 'refuses') throw new ApiError('InvalidPayload', 'patchState is refused')
  const known = existing(platform, caller, address).object.payload
  if (mode === 'replaces') return storeState(platform, caller, address, changes)
  if (mode === 'checks') checkPayload(platform, caller, address, changes)
  const merged = Object.entries({ ...known, ...changes }).filter(([, value]) => value !== null)
  return setState(platform, caller, address, Object.fromEntries(merged))
}

function existing(platform: Platform, caller: Caller, address: StateAddress): StateRow {
  checkAddress(platform, caller, address)
  const row = currentRow(platform, caller, address)
  if (!row) throw new ApiError('ResourceNotFound', 'No State found')
  return row
}

/** Reading or writing a state begins its expiry anew: it counts idle time. */
function currentRow(platform: Platform, caller: Caller, address: StateAddress): StateRow | undefined {
  const { store } = platform
  const row = store.states.get(keyOf(caller, address))
  if (row?.expiresAtMs !== undefined && row.expiresAtMs <= Date.now()) {
    store.states.delete(row.key)
    return undefined
  }
  if (row) touch(row, row.expiryMs)
  return row
}

function touch(row: StateRow, expiryMs: number | undefined): void {
  delete row.expiryMs
  delete row.expiresAtMs
  if (expiryMs !== undefined) Object.assign(row, { expiryMs, expiresAtMs: Date.now() + expiryMs })
}

const keyOf = (caller: Caller, { type, id, name }: StateAddress) =>
  `${caller.installed.botId}/${stateKey(ownerOf(caller), type, id, name)}`

function stateRow(caller: Caller, address: StateAddress, payload: Payload, previous?: StateRow): StateRow {
  const { type, id, name } = address
  const at = new Date().toISOString()
  const state: State = {
    id: previous?.object.id ?? newId('state', Date.now()),
    createdAt: previous?.object.createdAt ?? at,
    updatedAt: previous ? later(previous.object.updatedAt) : at,
    botId: caller.installed.botId,
    name,
    type,
    payload,
    ...(type === 'conversation' ? { conversationId: id } : {}),
    ...(type === 'user' ? { userId: id } : {}),
  }
  return { ...newRow(caller, state), key: keyOf(caller, address) }
}

/** An integration may only use the states it has declared, at an object it can see. */
function checkAddress(platform: Platform, caller: Caller, { type, id, name }: StateAddress): void {
  const declared = declaredFor(caller)
  if (declared && declared.states[name]?.type !== type) {
    throw new ApiError('InvalidPayload', `state ${name} of type ${type} is not declared by the integration`)
  }
  if (type === 'conversation') find(platform, caller, platform.store.conversations, id, 'Conversation')
  if (type === 'user') find(platform, caller, platform.store.users, id, 'User')
  if (type === 'integration' && id !== caller.installed.integrationId) {
    throw new ApiError('ResourceNotFound', `Integration ${id} does not exist`)
  }
}

function checkPayload(platform: Platform, caller: Caller, { name }: StateAddress, payload: Payload): void {
  checkSize(payload)
  fitDeclared(declaredFor(caller)?.states[name]?.schema, payload, `state ${name}`, platform.settings.payloadChecks)
}

const addressOf = ({ type, id, name }: PathParams): StateAddress => ({
  type: read(StateTypes, type, 'InvalidPayload'),
  id,
  name,
})

const STATES = '/v1/chat/states/:type/:id/:name'
const meta = { cached: false }

export const stateOperations = [
  operation({
    name: 'getState',
    method: 'GET',
    path: STATES,
    run: ({ platform, caller, params }) => ({ state: getState(platform, caller, addressOf(params)), meta }),
  }),
  operation({
    name: 'setState',
    method: 'POST',
    path: STATES,
    body: SetState,
    run: ({ platform, caller, params, body }) => ({
      state: setState(platform, caller, addressOf(params), body.payload, body.expiry),
    }),
  }),
  operation({
    name: 'getOrSetState',
    method: 'POST',
    path: `${STATES}/get-or-set`,
    body: GetOrSetState,
    run: async ({ platform, caller, params, body }) => ({
      state: await getOrSetState(platform, caller, addressOf(params), body.payload, body.expiry),
      meta,
    }),
  }),
  operation({
    name: 'patchState',
    method: 'PATCH',
    path: STATES,
    body: PatchState,
    run: ({ platform, caller, params, body }) => ({
      state: patchState(platform, caller, addressOf(params), body.payload),
    }),
  }),
  operation({
    name: 'setStateExpiry',
    method: 'POST',
    path: `${STATES}/expiry`,
    body: SetStateExpiry,
    run: ({ platform, caller, params, body }) => {
      const row = existing(platform, caller, addressOf(params))
      touch(row, body.expiry ?? undefined)
      return { state: row.object }
    },
  }),
]
