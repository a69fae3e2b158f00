import { spawn } from 'node:child_process'

/**
 * Waits for the end of the parent, which holds the other end of its standard input, and then ends the process `$0`.
 * Ctrl-C reaches it too, and must not take it away before.
 */
const SCRIPT = 'trap "" INT TERM HUP; read -r nothing; kill -KILL "$0"'

/**
 * Ends a process when this one is gone, however it went. The process notices that itself while it runs, by the end of its
 * standard input, but a frozen one notices nothing: a small shell, which nobody freezes, looks on for it. What it cannot help
 * against is that somebody kills the shell first. Returns how to send the shell home once the process has ended.
 */
export function guardAgainstOrphans(pid: number): () => void {
  const shell = spawn('sh', ['-c', SCRIPT, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'] })
  shell.on('error', () => undefined) // without a shell a killed parent may leave frozen processes behind
  return () => void shell.kill('SIGKILL')
}
