import * as React from 'react';
import type { Language } from '../language';
import { word } from '../words';

/** Says why a table has no page. */
export function TableProblem({ language, reason }: { readonly language: Language; readonly reason: string }) {
  return (
    <div className="card section" role="alert">
      <h1>{word(language, 'noPages')}</h1>
      <p>{reason}</p>
    </div>
  );
}
