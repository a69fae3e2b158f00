import { expect, test } from 'vitest'
import { openingHours, type Shift, type WorkSchedule } from './opening-hours'

const shift = (day: string, start: string, end: string, enabled = true): Shift => ({ day, start, end, enabled })
const in_ = (timezone: string, ...shifts: Shift[]): WorkSchedule => ({ timezone, shifts })
const ask = (now: string, ...schedules: WorkSchedule[]) => {
  const { isKnown, opensAt } = openingHours(schedules, Date.parse(now))
  return isKnown ? (opensAt === undefined ? 'open' : new Date(opensAt).toISOString().slice(0, 16)) : 'unknown'
}

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].flatMap((day) => [
  shift(day, '09:00', '12:30'),
  shift(day, '13:00', '17:00'),
])
const ofWarsaw = in_('Europe/Warsaw', ...WEEK, shift('saturday', '09:00', '17:00', false))

// 2026-11-26 is a Thursday.
test.each([
  { name: 'early in the morning', now: '2026-11-26T05:00Z', opensAt: '2026-11-26T08:00' },
  { name: 'at work', now: '2026-11-26T09:00Z', opensAt: 'open' },
  { name: 'at the first moment of work', now: '2026-11-26T08:00Z', opensAt: 'open' },
  { name: 'in the break', now: '2026-11-26T11:45Z', opensAt: '2026-11-26T12:00' },
  { name: 'in the evening', now: '2026-11-26T20:00Z', opensAt: '2026-11-27T08:00' },
  { name: 'on Friday evening, over a weekend', now: '2026-11-27T16:00Z', opensAt: '2026-11-30T08:00' },
])('$name', ({ now, opensAt }) => {
  expect(ask(now, ofWarsaw)).toBe(opensAt)
})

const daily = (timezone: string, start: string, end = '23:00') =>
  in_(timezone, ...['saturday', 'sunday', 'monday'].map((day) => shift(day, start, end)))

test.each([
  { zone: 'Europe/Warsaw', start: '08:00', now: '2026-03-28T23:30Z', opensAt: '2026-03-29T06:00' },
  { zone: 'Europe/Warsaw', start: '08:00', now: '2026-10-24T23:30Z', opensAt: '2026-10-25T07:00' },
  { zone: 'America/New_York', start: '08:00', now: '2026-03-08T05:30Z', opensAt: '2026-03-08T12:00' },
  { zone: 'America/New_York', start: '08:00', now: '2026-11-01T04:30Z', opensAt: '2026-11-01T13:00' },
  { zone: 'Asia/Kolkata', start: '08:00', now: '2026-03-28T23:30Z', opensAt: '2026-03-29T02:30' },
  { zone: 'Australia/Lord_Howe', start: '08:00', now: '2026-10-03T14:00Z', opensAt: '2026-10-03T21:00' },
])('over a change of summer time: $zone, $now', ({ zone, start, now, opensAt }) => {
  expect(ask(now, daily(zone, start))).toBe(opensAt)
})

test.each([
  { name: 'a time that the change leaves out', start: '02:30', now: '2026-03-29T00:00Z', opensAt: '2026-03-29T01:30' },
  { name: 'a time that comes twice', start: '02:30', now: '2026-10-24T23:00Z', opensAt: '2026-10-25T00:30' },
])('$name', ({ start, now, opensAt }) => {
  expect(ask(now, daily('Europe/Warsaw', start))).toBe(opensAt)
})

test.each([
  { name: 'until 24:00', end: '24:00', now: '2026-11-26T22:30Z', opensAt: 'open' },
  { name: 'until 24:00, and then no more', end: '24:00', now: '2026-11-26T23:30Z', opensAt: '2026-12-03T19:00' },
  { name: 'until 00:00', end: '00:00', now: '2026-11-26T22:30Z', opensAt: 'open' },
  { name: 'until the next morning', end: '06:00', now: '2026-11-27T04:30Z', opensAt: 'open' },
  { name: 'around the clock', end: '20:00', now: '2026-11-27T10:00Z', opensAt: 'open' },
])('a shift $name', ({ end, now, opensAt }) => {
  expect(ask(now, in_('Europe/Warsaw', shift('thursday', '20:00', end)))).toBe(opensAt)
})

test('the first of several people opens', () => {
  const ofNewYork = in_('America/New_York', ...WEEK)
  expect(ask('2026-11-26T23:30Z', ofNewYork, ofWarsaw)).toBe('2026-11-27T08:00')
  expect(ask('2026-11-26T20:00Z', ofNewYork, ofWarsaw)).toBe('open')
})

test.each([
  { name: 'nobody has a schedule', schedules: [] },
  { name: 'no row is enabled', schedules: [in_('Europe/Warsaw', shift('monday', '09:00', '17:00', false))] },
  { name: 'the time zone is not told', schedules: [in_(' ', ...WEEK)] },
  { name: 'the time zone is none', schedules: [in_('Mars/Olympus', ...WEEK)] },
  {
    name: 'no time can be read',
    schedules: [in_('Europe/Warsaw', shift('monday', '9 am', '25:00'), shift('?', '', ''))],
  },
])('unknown when $name', ({ schedules }) => {
  expect(ask('2026-11-26T05:00Z', ...schedules)).toBe('unknown')
})
