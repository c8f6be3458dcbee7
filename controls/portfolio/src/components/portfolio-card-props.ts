import type { Actions } from '../actions';
import type { PortfolioView } from '../view/portfolio-view';

/** What the card and its parts draw, and whom they tell what a person does. */
export interface PortfolioCardProps extends Actions {
  readonly view: PortfolioView;
  readonly id: string;
}
