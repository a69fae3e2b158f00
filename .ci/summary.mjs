// Prints how many tests passed and failed, on a line of its own. Usage: summary.mjs <vitest's JSON report>
import { readFileSync } from 'node:fs'

const text = readFileSync(process.argv[2], 'utf8')
const { numPassedTests = 0, numFailedTests = 0 } = text ? JSON.parse(text) : {}
console.log(`${numPassedTests} passed, ${numFailedTests} failed`)
