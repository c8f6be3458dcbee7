/** @jsx h */
import type * as React from 'react';
import { h } from '@crmjira/form-data';
import type { Picture } from '../geometry/shapes';

/** Draws a picture. With a sentence it is an image of that name; without one it is hidden from assistive technology. */
export function Chart(props: {
  readonly picture: Picture;
  readonly sentence?: string;
  readonly hatchId: string;
}): React.ReactElement {
  const { picture, sentence, hatchId } = props;
  return (
    <svg
      className="crmjira-chart"
      width={picture.width}
      height={picture.height}
      {...(sentence === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': sentence })}
    >
      <defs>
        <pattern id={hatchId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="crmjira-hatch-ground" width="6" height="6" />
          <rect className="crmjira-hatch-line" width="2" height="6" />
        </pattern>
      </defs>
      {picture.shapes.map(({ tag, ...attributes }, index) =>
        h(tag, {
          key: index,
          ...attributes,
          // A hatch is found by the id of this picture's own pattern.
          fill: attributes.className === 'crmjira-band' ? `url(#${hatchId})` : undefined,
        }),
      )}
    </svg>
  );
}
