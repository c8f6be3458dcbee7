import * as React from 'react';
import { type BurnStringKey, LiveBurn, burnTexts } from '@crmjira/control-budget-burn';
import { storeOf, words } from '@crmjira/form-data';
import { sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useWidth } from '../platform/use-width';
import { pageHost } from '../platform/page-host';
import { budgetBurnPageTexts } from '../../strings/generated/budget-burn-page';

/**
 * The burn view where there are no code components: Dynamics 365 on-premises (R-210, R-1908). The same view, figures and commands
 * as the control, on the form as an HTML web resource that is given the record's id.
 */
export function BurnPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, dark, settings } = facts;
  const [place, width] = useWidth(640);
  const host = React.useMemo(() => {
    const { userSettings } = Xrm.Utility.getGlobalContext();
    const offsetMinutes = (): number => userSettings.getTimeZoneOffsetMinutes();
    return pageHost({ recordId: settings.recordId, width, language, dark, offsetMinutes });
  }, [settings, width, language, dark]);
  // The client API's promises are those of the components' context, which was modelled on it.
  const [store] = React.useState(() =>
    storeOf('opportunity', settings.recordId, { webAPI: Xrm.WebApi as unknown as ComponentFramework.WebApi }),
  );
  const say = React.useMemo(
    () => words<BurnStringKey>((key) => burnTexts[language][key] ?? burnTexts[1033][key] ?? key),
    [language],
  );
  return (
    <main ref={place} className="page-burn">
      {/* the control begins at the third level, below those of a form */}
      <h1 className="crmjira-hidden">{document.title}</h1>
      <h2 className="crmjira-hidden">{sayIn(budgetBurnPageTexts, language)('record')}</h2>
      {/* no client of a page tells what a person may read */}
      <LiveBurn store={store} host={host} mayCommand maySeePersons={false} say={say} />
    </main>
  );
}
