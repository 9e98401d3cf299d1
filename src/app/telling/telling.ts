/** What is told of a moment that was not recorded; it comes after the first picture. */
import { captionOf } from './caption';
import { outlookOf } from './outlook';
import { outlookLine } from './outlook-line';

export default { captionOf, outlookLine, outlookOf };
