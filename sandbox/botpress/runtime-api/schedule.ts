import type { z } from 'zod'
import { ApiError } from '../api-error'
import type { Schedule } from '../checks'
import type { Caller, Platform } from '../platform'

/** Milliseconds to wait before the bot gets it; 0 when nothing is scheduled or schedules are switched off.
 *  The plugin's own schedules always count: only what an integration may expect is in doubt. */
export function delayOf(
  platform: Platform,
  caller: Caller,
  what: 'message' | 'event',
  schedule: z.infer<typeof Schedule> | undefined,
): number {
  if (!schedule || !honoured(platform, caller, what)) return 0
  if (schedule.delay !== undefined) return schedule.delay
  const at = Date.parse(schedule.dateTime ?? '')
  if (Number.isNaN(at)) throw new ApiError('InvalidPayload', 'schedule.dateTime is no date')
  return Math.max(0, at - Date.now())
}

function honoured({ settings }: Platform, caller: Caller, what: 'message' | 'event'): boolean {
  if (caller.alias === undefined) return true
  if (settings.schedule === 'events-only') return what === 'event'
  return settings.schedule === 'honoured'
}
