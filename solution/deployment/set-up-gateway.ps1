#requires -Version 7.0
#requires -RunAsAdministrator
# Installs and registers the on-premises data gateway from the settings that `crmjira doctor` checks (R-904, R-905).
# Run on the gateway's Windows server, as a person with MFA. What it cannot do is in docs/gateway.md, from step 3 on.
param(
  [Parameter(Mandatory)] [string] $SettingsFile,
  # Entra object id of the group whose members administer the gateway.
  [Parameter(Mandatory)] [guid] $Administrators
)
$ErrorActionPreference = 'Stop'

$settings = Get-Content -Raw -LiteralPath $SettingsFile | ConvertFrom-Json
if ($settings.recoveryKey -notmatch '^@Microsoft\.KeyVault\(SecretUri=https://([a-z0-9-]+)\.vault\.azure\.net/secrets/([\w-]+)/?\)$') {
  throw 'recoveryKey must be a Key Vault reference; see plugins-proxy/operations/gateway-settings.example.json.'
}
$vaultName, $secretName = $Matches[1], $Matches[2]

foreach ($module in 'DataGateway', 'Az.Accounts', 'Az.KeyVault') {
  if (-not (Get-Module -ListAvailable $module)) { Install-Module -Name $module -Scope CurrentUser }
}
Connect-AzAccount | Out-Null
Connect-DataGatewayServiceAccount | Out-Null
$recoveryKey = (Get-AzKeyVaultSecret -VaultName $vaultName -Name $secretName).SecretValue
if ($null -eq $recoveryKey) { throw "There is no secret $secretName in the vault $vaultName." }
if ($recoveryKey.Length -ne 32) { throw "The recovery key must have 32 characters; it has $($recoveryKey.Length)." }

Install-DataGateway -AcceptConditions
$existing = Get-DataGatewayCluster -RegionKey $settings.region | Where-Object { $_.Name -eq $settings.gatewayName }
if ($null -eq $existing) {
  $gateway = Add-DataGatewayCluster -GatewayName $settings.gatewayName -RegionKey $settings.region -RecoveryKey $recoveryKey
  $id = $gateway.GatewayObjectId
} else {
  $id = $existing.Id
}
Add-DataGatewayClusterUser -GatewayClusterId $id -PrincipalObjectId $Administrators -AllowedDataSourceTypes $null -Role Admin -RegionKey $settings.region | Out-Null
Set-DataGatewayInstaller -PrincipalObjectIds $Administrators -Operation Add -GatewayType Resource | Out-Null

Get-DataGatewayClusterStatus -GatewayClusterId $id -RegionKey $settings.region
