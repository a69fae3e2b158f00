/** One row of an agent's work scheduler in LiveChat: a day may have several. Times are `HH:MM`, local. */
export type Shift = { day: string; enabled: boolean; start: string; end: string }
/** `timezone`: an IANA name. Empty means the agent's own, which LiveChat does not tell. */
export type WorkSchedule = { timezone: string; shifts: Shift[] }

/** `opensAt`: milliseconds since 1970. Absent while somebody should be at work now, or within no week. */
type OpeningHours = { isKnown: boolean; opensAt?: number }

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const DAY_MS = 86_400_000
/** A shift of yesterday may last until now; the same shift comes again after seven days. */
const DAYS_LOOKED_AT = Array.from({ length: 9 }, (_, index) => index - 1)

/** When the first of these people begins to work, as their schedules plan it. Schedules that cannot be read do not count. */
export function openingHours(schedules: readonly WorkSchedule[], now: number): OpeningHours {
  const periods = schedules.flatMap((schedule) => periodsOf(schedule, now))
  if (periods.length === 0) return { isKnown: false }
  if (periods.some(({ from, to }) => from <= now && now < to)) return { isKnown: true }
  const starts = periods.map(({ from }) => from).filter((from) => from > now)
  return { isKnown: true, ...(starts.length > 0 && { opensAt: Math.min(...starts) }) }
}

type Period = { from: number; to: number }

function periodsOf({ timezone, shifts }: WorkSchedule, now: number): Period[] {
  const local = clockOf(timezone)
  if (!local) return []
  const today = Math.floor((now + local(now)) / DAY_MS) * DAY_MS
  return DAYS_LOOKED_AT.flatMap((offset) => {
    const midnight = today + offset * DAY_MS
    const ofDay = shifts.filter(
      ({ day, enabled }) => enabled && day.toLowerCase() === DAYS[new Date(midnight).getUTCDay()],
    )
    return ofDay.flatMap((shift) => periodOf(shift, midnight, local))
  })
}

/** An end of `24:00`, or one that is not after the start, is on the next day. */
function periodOf({ start, end }: Shift, midnight: number, local: LocalClock): Period[] {
  const [from, to] = [timeOf(start), timeOf(end)]
  if (from === undefined || to === undefined) return []
  const ends = to > from ? to : to + DAY_MS
  return [{ from: instantOf(midnight + from, local), to: instantOf(midnight + ends, local) }]
}

/** From `HH:MM` to milliseconds after midnight. */
function timeOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(text.trim()) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return total >= 0 && total <= 24 * 60 ? total * 60_000 : undefined
}

/** How far a time zone is ahead of UTC at an instant, in milliseconds. */
type LocalClock = (instant: number) => number

/** `undefined`: no such time zone. */
function clockOf(timeZone: string): LocalClock | undefined {
  if (timeZone.trim() === '') return undefined
  try {
    const time = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
    const format = new Intl.DateTimeFormat('en-US', { timeZone: timeZone.trim(), hourCycle: 'h23', ...time })
    return (instant) => {
      const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
      const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
      const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
      return shown - Math.floor(instant / 60_000) * 60_000
    }
  } catch {
    return undefined
  }
}

/**
 * The instant of a local time, which is given as if it were UTC. When the clocks change, a time that comes twice means the
 * first one, and a time that is left out means as much later.
 */
function instantOf(wall: number, local: LocalClock): number {
  const [before, after] = [wall - local(wall - DAY_MS), wall - local(wall + DAY_MS)]
  const isReal = (instant: number) => instant + local(instant) === wall
  return [before, after].filter(isReal).sort((a, b) => a - b)[0] ?? before
}
