/** @jsx h */
import * as React from 'react';
import { AS_IS, type WhatIf } from '@crmjira/domain';
import { type FormStore, type HostFacts, type Words, useCard, useFormState, h } from '@crmjira/form-data';
import { PARTS } from './parts';
import { BurnCard } from './components/burn-card';
import { browserMeasure } from './geometry/measure';
import type { StringKey } from './generated/string-keys';
import { textOf } from './view/text-of';
import { burnView } from './view/view-of-burn';
import { useWork } from './work/use-work';

export interface LiveBurnProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly mayCommand: boolean;
  /** what each person did (R-2304) */
  readonly maySeePersons: boolean;
  readonly say: Words<StringKey>;
}

/** Joins the shared store with the card: turns its state into a view. What is assumed lives here and nowhere else. */
export function LiveBurn({ store, host, mayCommand, maySeePersons, say }: LiveBurnProps): React.ReactElement {
  const form = useFormState(store, PARTS);
  const [measure] = React.useState(browserMeasure);
  const [whatIf, assume] = React.useReducer(changed, AS_IS);
  const [isAsked, askForWork] = React.useState(false);
  const known = useWork(store, form?.record?.mapping ?? undefined, isAsked);
  const view = burnView(host, form, mayCommand, say, whatIf, maySeePersons ? { known } : undefined);
  const text = textOf(view);
  const onOther = React.useCallback(
    (action: string) => {
      if (action === 'asIs') assume(AS_IS);
      return action === 'copy' ? copied(text, say) : undefined;
    },
    [text, say],
  );
  const card = useCard(store, host, view, onOther);
  return <BurnCard {...card} measure={measure} onWhatIf={assume} onWork={askForWork} />;
}

function changed(before: WhatIf, change: Partial<WhatIf>): WhatIf {
  return { ...before, ...change };
}

/** Puts a text on the clipboard, where the page may; says whether it is there. */
async function copied(text: string, say: Words<StringKey>): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return say('copied');
  } catch {
    return say('notCopied');
  }
}
