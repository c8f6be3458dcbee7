import * as React from 'react';

/** Hatch of everything that is forecast: 45°, pitch 6, stroke 2; it stays in forced colours. */
export function Hatch({ id }: { readonly id: string }): React.ReactElement {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="crmjira-hatch-ground" width="6" height="6" />
        <rect className="crmjira-hatch-line" width="2" height="6" />
      </pattern>
    </defs>
  );
}
