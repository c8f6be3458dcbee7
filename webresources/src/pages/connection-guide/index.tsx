import { startPage } from '../platform/start-page';
import { GuidePage } from './guide-page';
import { GUIDE_TEXTS } from './words';

startPage(GUIDE_TEXTS.title, GuidePage);
