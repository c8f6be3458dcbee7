import * as React from 'react';
import { Deployment, deploymentLabels } from '@crmjira/domain';
import { EnterField } from '../integrations/enter-field';
import { HeaderTable, headersIn } from '../integrations/enter-headers';
import type { ServiceSay } from '../integrations/enter-service';
import { TokenHelp } from '../integrations/enter-token-help';
import { NotificationFields } from '../integration-notification/notification-fields';
import { rest } from '../integration-rest/rest-request';
import { soap } from '../integration-soap/soap-request';
import type { Entering } from '../integrations/use-entering';
import type { PageFacts } from '../platform/start-page';

interface TabProps {
  readonly entering: Entering;
  readonly facts: PageFacts;
  readonly say: ServiceSay;
}

/** What an integration connects to, and as whom; a stored secret can only be replaced (R-1602, R-1618). */
export function SettingsTab(props: TabProps): React.ReactElement {
  const { entering, facts, say } = props;
  const { form, draft } = entering;
  const { provider, settings } = draft.entered;
  return (
    <div className="enter-fields detail-settings">
      <EnterField form={form} path="name" name={say('name')} isRequired />
      {provider === 'jira' && <JiraSettings {...props} />}
      {provider === 'ad' && <DirectorySettings {...props} />}
      {provider === 'rest' && <rest.Request {...props} />}
      {provider === 'soap' && <soap.Request {...props} />}
      {provider === 'notification' && <NotificationFields {...{ entering, say }} language={facts.language} />}
      {(provider === 'rest' || provider === 'soap') && (
        <HeaderTable headers={headersIn(settings)} {...{ form, say }} format={facts.format} />
      )}
    </div>
  );
}

function JiraSettings({ entering, facts, say }: TabProps): React.ReactElement {
  const { form, draft } = entering;
  const isCloud = draft.entered.settings['deployment'] === Deployment.JiraCloud;
  const secret = say(isCloud ? 'apiToken' : 'patToken');
  return (
    <>
      <div className="enter-fields enter-two">
        <EnterField form={form} path="settings.url" name={say('baseUrl')} isRequired />
        <EnterField
          form={form}
          path="settings.deployment"
          kind="number"
          name={say('deployment')}
          options={Object.values(Deployment).map((value) => ({
            value: String(value),
            text: deploymentLabels[value][facts.language],
          }))}
        />
        {isCloud && <EnterField form={form} path="settings.username" name={say('username')} isRequired />}
        <EnterField form={form} path="secrets.token" name={secret} hint={say('vault')} isRequired />
        <EnterField form={form} path="settings.projectKey" name={say('projectKey')} />
        <EnterField form={form} path="settings.issueType" name={say('issueType')} hint={say('defaultsLead')} />
      </div>
      <TokenHelp {...{ say, isCloud }} />
    </>
  );
}

function DirectorySettings({ entering, say }: TabProps): React.ReactElement {
  const { form } = entering;
  return (
    <>
      <div className="enter-fields enter-two">
        <EnterField form={form} path="settings.host" name={say('adHost')} isRequired />
        <EnterField form={form} path="settings.port" kind="number" name={say('adPort')} hint={say('adPortHint')} />
        <EnterField
          form={form}
          path="settings.protection"
          name={say('adProtection')}
          options={[
            { value: 'ldaps', text: say('adLdaps') },
            { value: 'start-tls', text: say('adStartTls') },
          ]}
        />
        <EnterField
          form={form}
          path="settings.brakePercent"
          kind="number"
          name={say('adBrake')}
          hint={say('adBrakeHint')}
        />
        <EnterField form={form} path="secrets.bindDn" name={say('adBindDn')} isRequired />
        <EnterField form={form} path="secrets.password" name={say('adPassword')} isRequired />
      </div>
      {(
        [
          ['baseDn', 'adBaseDn'],
          ['userSearch', 'adUserSearch'],
          ['groupSearch', 'adGroupSearch'],
          ['leaveOut', 'adLeaveOut'],
        ] as const
      ).map(([path, name]) => (
        <EnterField key={path} form={form} path={`settings.${path}`} name={say(name)} />
      ))}
    </>
  );
}
