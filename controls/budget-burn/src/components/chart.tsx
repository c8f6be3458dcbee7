/** @jsx h */
import type * as React from 'react';
import { h } from '@crmjira/form-data';
import type { Picture } from '../geometry/shapes';

/**
 * Draws a picture. With a sentence it is an image of that name and brings the hatch; without one it is hidden from assistive
 * technology and borrows it.
 */
export function chartPart(picture: Picture, hatchId: string, sentence?: string): React.ReactElement {
  return (
    <svg
      className="crmjira-chart"
      width={picture.width}
      height={picture.height}
      role={sentence && 'img'}
      aria-label={sentence}
      aria-hidden={!sentence || undefined}
    >
      {sentence && (
        <pattern id={hatchId} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect />
          <rect />
        </pattern>
      )}
      {picture.shapes.map(({ tag, title, children, ...attributes }, index) =>
        h(
          tag,
          {
            key: index,
            ...attributes,
            fill: attributes.className === 'crmjira-band' ? `url(#${hatchId})` : undefined,
          },
          children,
          title && <title>{title}</title>,
        ),
      )}
    </svg>
  );
}
