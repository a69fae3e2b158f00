import { expect, test } from 'vitest'
import { availability } from './check-availability'

test.each([
  { reported: 'online', accepting: 2, whenNobody: 'refuse', status: 'online', wouldQueue: false },
  { reported: 'online', accepting: undefined, whenNobody: 'refuse', status: 'online', wouldQueue: false },
  { reported: 'online', accepting: 0, whenNobody: 'refuse', status: 'offline', wouldQueue: false },
  { reported: 'online', accepting: 0, whenNobody: 'queue', status: 'offline', wouldQueue: true },
  { reported: 'online_for_queue', accepting: 1, whenNobody: 'refuse', status: 'online_for_queue', wouldQueue: true },
  { reported: 'online_for_queue', accepting: 0, whenNobody: 'refuse', status: 'offline', wouldQueue: false },
  { reported: 'offline', accepting: undefined, whenNobody: 'queue', status: 'offline', wouldQueue: true },
  { reported: 'offline', accepting: undefined, whenNobody: 'refuse', status: 'offline', wouldQueue: false },
] as const)(
  'a group that is $reported, with $accepting people accepting, and "$whenNobody" when nobody is there: $status',
  ({ reported, accepting, whenNobody, status, wouldQueue }) => {
    const found = availability(reported, accepting, { whenNobodyIsAvailable: whenNobody })
    expect(found).toEqual({ status, wouldQueue, ...(accepting !== undefined && { agentsAccepting: accepting }) })
  },
)
