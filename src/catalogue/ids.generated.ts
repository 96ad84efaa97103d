// Generated from policies/ by wasm/build.mjs.

/** The ids of the controls. */
export type ControlId =
  | 'AKSC-P1-AT-01'
  | 'AKSC-P1-AT-03'
  | 'AKSC-P2-01'
  | 'AKSC-P2-05'
  | 'AKSC-P2-06'
  | 'AKSC-P2-AZ-05'
  | 'AKSC-P3-01'
  | 'AKSC-P3-05'
  | 'AKSC-P3-22'
  | 'AKSC-P3-28'
  | 'AKSC-P3-32'
  | 'AKSC-P3-AZ-01'
  | 'AKSC-D1-01'
  | 'AKSC-D1-AZ-01'
  | 'AKSC-D2-01'
  | 'AKSC-D2-02'
  | 'AKSC-D2-AZ-03'
  | 'AKSC-D3-01'
  | 'AKSC-D3-02'
  | 'AKSC-D3-AZ-01'
  | 'AKSC-D4-AZ-01'
  | 'AKSC-D5-01'
  | 'AKSC-D5-AZ-01'
  | 'AKSC-D6-01'
  | 'AKSC-D6-04'
  | 'AKSC-D6-AZ-02'
  | 'AKSC-D7-01'
  | 'AKSC-D7-AZ-01'
  | 'AKSC-D7-AZ-06'
  | 'AKSC-D8-01'
  | 'AKSC-D8-03'
  | 'AKSC-D8-12'
  | 'AKSC-D8-AT-01'
  | 'AKSC-D8-AZ-01'
  | 'AKSC-O1-01'
  | 'AKSC-O1-03'
  | 'AKSC-O1-AZ-01'
  | 'AKSC-O2-01'
  | 'AKSC-O2-AT-01'
  | 'AKSC-O2-AZ-01'

/** The items of the checklist. */
export type ItemId =
  | 'P1'
  | 'P2'
  | 'P3'
  | 'D1'
  | 'D2'
  | 'D3'
  | 'D4'
  | 'D5'
  | 'D6'
  | 'D7'
  | 'D8'
  | 'O1'
  | 'O2'

/** The questions of the checklist. */
export type QuestionId =
  | 'Q1'
  | 'Q2'
  | 'Q3'
  | 'Q4'
  | 'Q5'
  | 'Q6'

/** What each control's findings carry. */
export interface ControlArgs {
  readonly 'AKSC-P1-AT-01': { readonly documents: readonly string[]; readonly reason: string }
  readonly 'AKSC-P1-AT-03': { readonly reason: string }
  readonly 'AKSC-P2-01': Readonly<Record<string, never>>
  readonly 'AKSC-P2-05': { readonly path: string; readonly volume: string }
  readonly 'AKSC-P2-06': { readonly path: string; readonly volume: string }
  readonly 'AKSC-P2-AZ-05': { readonly os: string; readonly pool: string; readonly when: string }
  readonly 'AKSC-P3-01': { readonly role: string; readonly subject: string }
  readonly 'AKSC-P3-05': { readonly verbs: readonly string[] }
  readonly 'AKSC-P3-22': { readonly role: string; readonly subject: string }
  readonly 'AKSC-P3-28': { readonly account: string }
  readonly 'AKSC-P3-32': { readonly chain: string; readonly subject: string }
  readonly 'AKSC-P3-AZ-01': { readonly found: string }
  readonly 'AKSC-D1-01': { readonly role: string; readonly user: string }
  readonly 'AKSC-D1-AZ-01': { readonly fault: string }
  readonly 'AKSC-D2-01': { readonly container: string }
  readonly 'AKSC-D2-02': { readonly container: string; readonly variable: string }
  readonly 'AKSC-D2-AZ-03': { readonly form: string }
  readonly 'AKSC-D3-01': { readonly namespace: string }
  readonly 'AKSC-D3-02': Readonly<Record<string, never>>
  readonly 'AKSC-D3-AZ-01': { readonly found: string }
  readonly 'AKSC-D4-AZ-01': { readonly ranges: string }
  readonly 'AKSC-D5-01': { readonly namespace: string }
  readonly 'AKSC-D5-AZ-01': { readonly outboundType: string }
  readonly 'AKSC-D6-01': { readonly host: string }
  readonly 'AKSC-D6-04': { readonly reason: string }
  readonly 'AKSC-D6-AZ-02': { readonly fault: string }
  readonly 'AKSC-D7-01': { readonly channel: string }
  readonly 'AKSC-D7-AZ-01': { readonly channel: string }
  readonly 'AKSC-D7-AZ-06': { readonly fault: string; readonly version: string }
  readonly 'AKSC-D8-01': { readonly container: string; readonly image: string }
  readonly 'AKSC-D8-03': { readonly container: string; readonly image: string }
  readonly 'AKSC-D8-12': { readonly container: string; readonly declared: string; readonly running: string }
  readonly 'AKSC-D8-AT-01': { readonly reason: string }
  readonly 'AKSC-D8-AZ-01': Readonly<Record<string, never>>
  readonly 'AKSC-O1-01': { readonly container: string }
  readonly 'AKSC-O1-03': { readonly container: string }
  readonly 'AKSC-O1-AZ-01': Readonly<Record<string, never>>
  readonly 'AKSC-O2-01': { readonly date: string; readonly key: string; readonly state: string; readonly subject: string }
  readonly 'AKSC-O2-AT-01': { readonly reason: string }
  readonly 'AKSC-O2-AZ-01': { readonly fault: string }
}

/** The parameters of each control, as configuration sets them. */
export interface ControlParameters {
  readonly 'AKSC-P1-AT-01': { readonly documents?: readonly string[]; readonly maxAgeDays?: number }
  readonly 'AKSC-P1-AT-03': { readonly maxAgeDays?: number }
  readonly 'AKSC-P2-01': { readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-P2-05': { readonly allowedHostPaths?: readonly string[]; readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly windowsAllowedHostPaths?: readonly string[] }
  readonly 'AKSC-P2-06': { readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly matchDescendants?: boolean; readonly sensitivePaths?: readonly string[] }
  readonly 'AKSC-P2-AZ-05': { readonly retiredOs?: readonly unknown[]; readonly warnDaysBefore?: number }
  readonly 'AKSC-P3-01': { readonly allowedSubjects?: readonly string[]; readonly alsoRolesClusterWide?: readonly string[]; readonly ignoredBindings?: Readonly<Record<string, unknown>> }
  readonly 'AKSC-P3-05': { readonly builtinRoleNames?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly ignoredRoleNamePatterns?: readonly string[]; readonly managedRoleLabels?: readonly string[]; readonly readVerbs?: readonly string[]; readonly resourceNamesIsAcceptable?: boolean; readonly writeSeverity?: string; readonly writeVerbs?: readonly string[] }
  readonly 'AKSC-P3-22': { readonly allowedRoles?: readonly string[] }
  readonly 'AKSC-P3-28': { readonly allowBoundServiceAccounts?: boolean; readonly allowedServiceAccounts?: readonly string[]; readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-P3-32': { readonly adminSubjects?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly maxPathLength?: number }
  readonly 'AKSC-P3-AZ-01': { readonly treatMissingAsFail?: boolean }
  readonly 'AKSC-D1-01': { readonly allowedUserPatterns?: readonly string[]; readonly allowedUsers?: readonly string[] }
  readonly 'AKSC-D1-AZ-01': { readonly acceptExternalIdp?: boolean }
  readonly 'AKSC-D2-01': { readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-D2-02': { readonly allowedNames?: readonly string[]; readonly allowedValues?: readonly string[]; readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly ignoreFilePaths?: boolean; readonly ignoreNameSuffixes?: readonly string[]; readonly ignoreValuePatterns?: readonly string[]; readonly namePatterns?: readonly string[]; readonly numbersIgnoredUnlessName?: string; readonly valuePatterns?: readonly string[] }
  readonly 'AKSC-D2-AZ-03': { readonly requireCustomerKey?: boolean }
  readonly 'AKSC-D3-01': { readonly countCilium?: boolean; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-D3-02': { readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-D3-AZ-01': { readonly accepted?: readonly string[]; readonly acceptedAgents?: readonly string[] }
  readonly 'AKSC-D4-AZ-01': { readonly acceptPublicNetworkAccessDisabled?: boolean }
  readonly 'AKSC-D5-01': { readonly acceptPerPodIsolation?: boolean; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-D5-AZ-01': { readonly acceptNatGateway?: boolean; readonly accepted?: readonly string[]; readonly acceptedIsolated?: readonly string[] }
  readonly 'AKSC-D6-01': { readonly certificateAnnotations?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly requireHostCoverage?: boolean }
  readonly 'AKSC-D6-04': { readonly acceptGatewayWidePolicy?: boolean; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-D6-AZ-02': { readonly assumeAllGateways?: boolean; readonly includePrivate?: boolean }
  readonly 'AKSC-D7-01': { readonly kuredImages?: readonly string[] }
  readonly 'AKSC-D7-AZ-01': { readonly acceptLegacyNodeImageChannel?: boolean; readonly acceptUnmanagedWithKured?: boolean; readonly accepted?: readonly string[] }
  readonly 'AKSC-D7-AZ-06': { readonly asOf?: string; readonly calendar?: Readonly<Record<string, unknown>>; readonly minimumPatch?: Readonly<Record<string, unknown>>; readonly warnDays?: number }
  readonly 'AKSC-D8-01': { readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly floatingTags?: readonly string[] }
  readonly 'AKSC-D8-03': { readonly allowedImages?: readonly string[]; readonly allowedImagesRegex?: string; readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-D8-12': Readonly<Record<string, never>>
  readonly 'AKSC-D8-AT-01': { readonly maxAgeDays?: number; readonly mustCover?: readonly string[] }
  readonly 'AKSC-D8-AZ-01': { readonly acceptThirdParty?: boolean }
  readonly 'AKSC-O1-01': { readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[] }
  readonly 'AKSC-O1-03': { readonly acceptNonZeroUid?: boolean; readonly excludedContainers?: readonly string[]; readonly excludedImages?: readonly string[]; readonly excludedNamespaces?: readonly string[]; readonly userNamespaceRelaxationFrom?: string }
  readonly 'AKSC-O1-AZ-01': { readonly acceptSelfManagedEngine?: boolean }
  readonly 'AKSC-O2-01': { readonly alsoKeys?: readonly string[]; readonly criticalDays?: number; readonly excludedNamespaces?: readonly string[]; readonly warnDays?: number; readonly warnLifetimeFraction?: number }
  readonly 'AKSC-O2-AT-01': { readonly maxAgeDays?: number | null; readonly rotatePeriodDays?: number | null }
  readonly 'AKSC-O2-AZ-01': { readonly warnDays?: number }
}
