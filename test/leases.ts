import type { Sandbox } from '../sandbox/sandbox'

/** The lease of the customer who came last, as a process stores it. `until`: milliseconds since 1970. */
export function storeLease(sandbox: Sandbox, payload: { owner: string; until: number }): void {
  const { states } = sandbox.botpress.store
  const customer = [...states.values()].findLast(({ object }) => object.name === 'customer')
  if (!customer) throw new Error('the customer has no state')
  const key = customer.key.replace(/customer$/, 'turn')
  states.set(key, { ...customer, key, object: { ...customer.object, name: 'turn', payload } })
}

/** Who has the lease of a customer, if anybody has. */
export function leaseOwners(sandbox: Sandbox): unknown[] {
  const leases = [...sandbox.botpress.store.states.values()].filter(({ object }) => object.name === 'turn')
  return leases.map(({ object }) => object.payload['owner'])
}
