import { opaBuiltinProvider } from 'aks-checklist/compiler'
import { servePolicies, webPort } from 'aks-checklist/worker'

servePolicies(webPort(self), { provider: opaBuiltinProvider() })
