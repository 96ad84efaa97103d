import { servePolicies, webPort } from 'aks-checklist/worker'

/** What is wrong with the worker is the fragment of its address. */
const FAULTS: Readonly<Record<string, () => void>> = {
  '#throws': () => {
    throw new Error('no start')
  },
  '#babbles': () => webPort(self).post({ kind: 'hello' }),
  '#rejects': () => servePolicies(webPort(self), { provider: () => () => Promise.reject(new Error('no provider')) }),
}

FAULTS[location.hash]?.()
