import type { IntegrationProps } from '../bp'
import type { Reporter } from './reporter'

type Doors = Pick<IntegrationProps, 'register' | 'unregister' | 'actions' | 'channels' | 'handler'>
type Door = (props: never) => Promise<unknown>

/** The same doors; what gets past one of them as a fault of our code is reported, and reports leave before the answer. */
export function reporting(doors: Doors, reporter: Reporter): Doors {
  const watch = <D extends Door>(where: string, door: D): D => watched(where, door, reporter)
  const watchAll = <All extends Record<string, Door>>(kind: string, all: All): All =>
    Object.fromEntries(Object.entries(all).map(([name, door]) => [name, watch(`${kind} ${name}`, door)])) as All
  return {
    register: watch('register', doors.register),
    unregister: watch('unregister', doors.unregister),
    actions: watchAll('action', doors.actions),
    channels: { hitl: { ...doors.channels.hitl, messages: watchAll('message', doors.channels.hitl.messages) } },
    handler: watch('webhook', doors.handler),
  }
}

function watched<D extends Door>(where: string, door: D, reporter: Reporter): D {
  const watching = async (props: never) => {
    try {
      return await door(props)
    } catch (error) {
      reporter.report(error, where)
      throw error
    } finally {
      await reporter.sent()
    }
  }
  return watching as D
}
