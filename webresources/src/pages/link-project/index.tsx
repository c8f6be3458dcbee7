import { linkProjectTexts } from '../../strings/generated/link-project';
import { startPage } from '../platform/start-page';
import { LinkPage } from './link-page';
import './link-project.css';

startPage(linkProjectTexts.title, LinkPage);
