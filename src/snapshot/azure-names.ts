/**
 * The letters in which the project writes Azure names. Azure compares them without case, and its tools print them
 * differently; policies read one spelling, that of the resource providers' REST reference.
 */

const byLowerCase = (names: string): ReadonlyMap<string, string> =>
  new Map(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name.toLowerCase(), name]),
  )

/** Resource types that policies speak of. Others keep the letters they come with. */
const TYPES = byLowerCase(`
  Microsoft.ContainerService/managedClusters
  Microsoft.ContainerService/managedClusters/agentPools
  Microsoft.ContainerService/managedClusters/maintenanceConfigurations
  Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings
  Microsoft.ContainerService/deploymentSafeguards
  Microsoft.ContainerService/snapshots
  Microsoft.ContainerRegistry/registries
  Microsoft.Compute/virtualMachineScaleSets
  Microsoft.Compute/diskEncryptionSets
  Microsoft.Network/networkSecurityGroups
  Microsoft.Network/virtualNetworks
  Microsoft.Network/virtualNetworks/subnets
  Microsoft.Network/routeTables
  Microsoft.Network/natGateways
  Microsoft.Network/publicIPAddresses
  Microsoft.Network/publicIPPrefixes
  Microsoft.Network/loadBalancers
  Microsoft.Network/privateEndpoints
  Microsoft.Network/privateDnsZones
  Microsoft.Network/privateDnsZones/A
  Microsoft.Network/networkWatchers
  Microsoft.Network/networkWatchers/flowLogs
  Microsoft.Network/applicationGateways
  Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies
  Microsoft.Network/azureFirewalls
  Microsoft.Network/firewallPolicies
  Microsoft.Network/firewallPolicies/ruleCollectionGroups
  Microsoft.Network/ipGroups
  Microsoft.Network/frontDoors
  Microsoft.Network/frontdoorwebapplicationfirewallpolicies
  Microsoft.Cdn/profiles
  Microsoft.Cdn/profiles/afdEndpoints
  Microsoft.Cdn/profiles/customDomains
  Microsoft.Cdn/profiles/originGroups
  Microsoft.Cdn/profiles/originGroups/origins
  Microsoft.Cdn/profiles/securityPolicies
  Microsoft.ServiceNetworking/trafficControllers
  Microsoft.ServiceNetworking/trafficControllers/securityPolicies
  Microsoft.KeyVault/vaults
  Microsoft.KeyVault/vaults/keys
  Microsoft.KeyVault/vaults/secrets
  Microsoft.ManagedIdentity/userAssignedIdentities
  Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials
  Microsoft.Authorization/roleAssignments
  Microsoft.Authorization/roleDefinitions
  Microsoft.Authorization/policyAssignments
  Microsoft.Authorization/policyDefinitions
  Microsoft.Authorization/policySetDefinitions
  Microsoft.Authorization/policyExemptions
  Microsoft.PolicyInsights/policyStates
  Microsoft.Insights/diagnosticSettings
  Microsoft.OperationalInsights/workspaces
  Microsoft.Security/securityContacts
  Microsoft.Security/pricings
  Microsoft.Security/assessments
  Microsoft.Resources/resourceGroups
  Microsoft.Resources/subscriptions
`)

/** Members of a resource that stand beside `properties`. */
const TOP_LEVEL = byLowerCase(`
  id name type location tags sku identity systemData kind zones etag extendedLocation plan managedBy resourceGroup
  apiVersion subscriptionId properties resources
`)

/** Members of a nested sub-resource that stand beside its `properties`. */
const SUB_RESOURCE_TOP_LEVEL: ReadonlySet<string> = new Set([
  'id',
  'name',
  'type',
  'etag',
  'zones',
  'resourcegroup',
  'properties',
])

/** Types whose `properties` hold a member that elsewhere stands beside them. */
const WITHIN_PROPERTIES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Microsoft.ContainerService/managedClusters/agentPools', new Set(['tags'])],
  ['Microsoft.Network/applicationGateways', new Set(['sku'])],
  ['Microsoft.Network/azureFirewalls', new Set(['sku'])],
  ['Microsoft.Network/firewallPolicies', new Set(['sku'])],
  ['Microsoft.KeyVault/vaults', new Set(['sku'])],
])

/** Collections of Microsoft.Network and Microsoft.Compute whose items have `properties` of their own. */
const SUB_RESOURCES: ReadonlySet<string> = new Set(
  byLowerCase(`
    applicationRuleCollections authenticationCertificates backendAddressPools backendHttpSettingsCollection backendPools
    backendSettingsCollection defaultSecurityRules frontendEndpoints frontendIPConfigurations frontendPorts
    gatewayIPConfigurations healthProbeSettings httpListeners inboundNatPools inboundNatRules ipConfigurations listeners
    loadBalancingRules loadBalancingSettings loadDistributionPolicies natRuleCollections networkInterfaceConfigurations
    networkRuleCollections outboundRules pathRules privateEndpointConnections privateLinkConfigurations
    privateLinkServiceConnections probes redirectConfigurations requestRoutingRules rewriteRuleSets routes routingRules
    securityRules sslCertificates sslProfiles subnets trustedClientCertificates trustedRootCertificates urlPathMaps
    virtualNetworkPeerings
  `).keys(),
)

/** Objects whose keys are the user's own words and keep their letters. */
const FREE_KEYS: ReadonlySet<string> = new Set(['tags', 'nodelabels', 'userassignedidentities', 'metadata'])

/** Property names that tools print in other letters, or that policies read. Others are kept as they come. */
const PROPERTIES = byLowerCase(`
  aadProfile adminGroupObjectIDs clientAppID serverAppID serverAppSecret enableAzureRBAC managed
  accessPolicies permissions action aciConnectorLinux ACCSGXDevicePlugin addonProfiles adminUserEnabled
  advancedNetworking advancedNetworkPolicies observability agentPoolProfiles allowedHostPorts portStart portEnd
  allowedUnsafeSysctls anonymousPullEnabled apiServerAccessProfile apiServerAuthorizedIPRanges applicationGatewayId
  applicationGatewayName applicationGateways applicationGatewayForContainers applicationRuleCollections
  applicationSecurityGroups aRecords ipv4Address artifactSource artifactStreamingProfile associations attributes
  authorizedIPRanges autoScalerProfile autoUpgradeProfile availabilityZones azureDefender azureKeyVaultKms
  azureKeyvaultSecretsProvider azureMonitorProfile azurePortalFQDN azurepolicy backendAddresses backendAddressPools
  backendAddressPool backendHttpSettings backendHttpSettingsCollection backendPools backends basePolicy
  bootstrapProfile category categoryGroup capacityReservationGroupID clientId complianceState config containerRegistryId
  containerServiceNetworkProfile controlPlanePluginIdentityProfile count createdAt createdBy createdByType creationData
  currentKubernetesVersion currentOrchestratorVersion customCATrustCertificates customRules defaultAction
  defaultOutboundAccess defaultPredefinedSslPolicy defaultValue defender destinationAddresses destinationAddressPrefix
  destinationAddressPrefixes destinationFqdns destinationPortRange destinationPortRanges destinationPorts direction
  disabledRuleGroups disableBgpRoutePropagation disableLocalAccounts disableOutboundNat disableRunCommand
  diskCSIDriver fileCSIDriver blobCSIDriver snapshotController diskEncryptionSetID dnsPrefix dnsServiceIP dnsSettings
  domains dockerBridgeCidr effectiveApplicationGatewayId effectiveNoProxy effectiveOutboundIPs emails enableAutoScaling
  enableCSIProxy enabled enabledState enableEncryptionAtHost enableFIPS enableMultipleStandardLoadBalancers
  enableNamespaceResources enableNodePublicIP enablePrivateCluster enablePrivateClusterPublicFQDN enableProxy
  enablePurgeProtection enableRBAC enableRbacAuthorization enableSecretRotation enableSecureBoot enableSoftDelete
  enableUltraSSD enableVnetIntegration enableVTPM enforcementMode eventHubAuthorizationRuleId excludedNamespaces
  exclusions exemptionCategory expiresOn extensionManager extensions failSwapOn firewallMode firewallPolicy flowLogs
  forceUpgrade fqdn fqdns fqdnSubdomain fqdnTags frontendEndpointLinks frontendEndpoints frontendIPConfiguration
  frontendIPConfigurations frontendPort frontendPorts gatewayIPConfigurations gitops gmsaProfile gpuInstanceProfile
  gpuProfile driver hostedSystemProfile hostGroupID hostName hostNames httpApplicationRouting httpListener httpListeners
  httpProxy httpProxyConfig httpsProxy hubIPAddresses identityProfile kubeletidentity idleTimeoutInMinutes imageCleaner
  imageIntegrity infrastructureEncryption ingressApplicationGateway ingressProfile intervalHours intrusionDetection
  ipAddress ipAddresses ipConfigurations ipFamilies ipProtocols ipRules isEnabled istio keyData keyId keyUriWithVersion
  keyVaultNetworkAccess keyVaultResourceId keyVaultSecretId kubeDashboard kubeletConfig kubeletDiskType
  kubernetesResourceObjectEncryptionProfile kubernetesVersion kubeProxyConfig lastModifiedAt lastModifiedBy
  lastModifiedByType level licenseType lifetimeActions linuxOSConfig linuxProfile loadBalancerProfile loadBalancerSku
  loadBalancingRules logAnalyticsWorkspaceResourceId logs loginServer maintenanceWindow managedNATGatewayProfile
  managedOutboundIPs managedOutboundIPProfile managedRules managedRuleSets marketplacePartnerId matchConditions
  maxAgentPools maxCount maxPods maxSurge maxUnavailable messageOfTheDay metricsProfile minCount minProtocolVersion mode
  natGateway natGatewayProfile natRuleCollections networkAcls networkDataplane networkInterfaceConfigurations
  networkMode networkPlugin networkPluginMode networkPolicy networkProfile networkRuleBypassOptions
  networkRuleCollections networkRuleSet networkSecurityGroup nextHop nextHopIpAddress nextHopType nodeImageVersion
  nodeInitializationTaints nodeLabels nodeOSUpgradeChannel nodeProvisioningProfile nodePublicIPPrefixID
  nodePublicIPTags nodeResourceGroup nodeResourceGroupProfile nodeSubnetID nodeTaints noProxy notAllowedDates
  notAllowedTime notificationsByRole notScopes objectId oidcIssuerProfile issuerURL omsagent openServiceMesh
  orchestratorVersion osDiskSizeGB osDiskType osSKU osType outboundIPPrefixes outboundIPs outboundType overrides
  overrideSettings parameters pathBasedRules pathRules patternsToMatch podCidr podCidrs podIdentityProfile
  podIPAllocationMode podLinkLocalAccess podMaxPids podSecurityStandardsLevel podSubnetID policies
  policyAssignmentId policyDefinitionAction policyDefinitionId policyDefinitions policyName policySettings policyType
  powerState code pricingTier principalId principalType priority privateDNSZone privateEndpoint
  privateEndpointConnections privateFQDN privateIPAddress privateIPAllocationMethod privateLinkResources
  privateLinkServiceConnectionState probes protocol provisioningState proximityPlacementGroupID publicIPAddress
  publicIPAddressConfiguration publicIpAddresses publicIPPrefixes publicIPs publicNetworkAccess quarantinePolicy
  redirectConfiguration redirectConfigurations requestBodyCheck requestRoutingRules resourceDetails resourceId
  resourceUID restrictionLevel retentionPolicy roleAssignmentMode roleDefinitionId rotationPolicy rotationPollInterval
  routes routeTable ruleCollections ruleCollectionType ruleGroupOverrides rules ruleSetType ruleSetVersion ruleType
  scaleDownMode scaleSetEvictionPolicy scaleSetPriority scope secretRotation securityGating securityMonitoring
  securityPolicyConfigurations securityPolicyLinks securityProfile securityRules serviceCidr serviceCidrs
  serviceMeshProfile servicePrincipalProfile sourceAddresses sourceAddressPrefix sourceAddressPrefixes sourceIpGroups
  sourcePortRange sourcePortRanges sourceResourceId spotMaxPrice sshAccess sslCertificates sslPolicy sslProfile
  sslProfiles state status storageAccountId storageProfile subnet subnets supportPlan sysctls systemNodeSubnetID
  targetFqdns targetListener targetResourceId threatIntelMode tier timeInWeek timestamp trustedCa
  trustedRootCertificates upgradeChannel upgradeSettings urlPathMaps userAssignedIdentities utcOffset value
  virtualMachineProfile vmSize vnetSubnetID subnetId wafPolicy wafSecurityPolicy webApplicationFirewallConfiguration
  webApplicationFirewallPolicyLink webAppRouting dnsZoneResourceIds windowsProfile workloadAutoScalerProfile keda
  verticalPodAutoscaler workloadIdentity workloadRuntime workspaceId addressPrefix addressPrefixes addressSpace access
  id name type sku identity tags until
`)

/** A resource type in the project's letters; an unknown one as it is given. */
export const canonicalType = (type: string): string => TYPES.get(type.toLowerCase()) ?? type

/** The name of a member beside `properties` in the project's letters, or undefined when it belongs under `properties`. */
export const topLevelName = (type: string, key: string): string | undefined => {
  const name = TOP_LEVEL.get(key.toLowerCase())
  return name !== undefined && WITHIN_PROPERTIES.get(type)?.has(name) === true ? undefined : name
}

/** A property's name in the project's letters; an unknown one as it is given. */
export const propertyName = (key: string): string => PROPERTIES.get(key.toLowerCase()) ?? key

/** True for a member of a nested sub-resource that stands beside its `properties`. */
export const besideSubProperties = (key: string): boolean => SUB_RESOURCE_TOP_LEVEL.has(key.toLowerCase())

/** True for an object whose keys are data, not names. */
export const hasFreeKeys = (key: string): boolean => FREE_KEYS.has(key.toLowerCase())

/** True for a list whose items are resources with `properties` of their own. */
export const isSubResourceList = (type: string, key: string): boolean => {
  const name = key.toLowerCase()
  return (
    name === 'privateendpointconnections' || (/^microsoft\.(network|compute)\//i.test(type) && SUB_RESOURCES.has(name))
  )
}

/**
 * The name that a flattening tool hid: it prints a property whose name is taken as `typePropertiesType`.
 * Undefined for every other key.
 */
export const hiddenName = (key: string): string | undefined => {
  const found = /^(.+)Properties(.+)$/.exec(key)
  return found?.[1] !== undefined && found[1].toLowerCase() === found[2]?.toLowerCase() ? found[1] : undefined
}
