import { startPage } from '../platform/start-page';
import { LinkPage } from './link-page';
import { LINK_TEXTS } from './words';
import './link-project.css';

startPage(LINK_TEXTS.title, LinkPage);
