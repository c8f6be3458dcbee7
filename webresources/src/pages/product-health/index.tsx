import { productHealthTexts } from '../../strings/generated/product-health';
import { startPage } from '../platform/start-page';
import { ProductPage } from './product-page';
import '../platform/grids.css';
import './product-health.css';

startPage(productHealthTexts.title, ProductPage);
