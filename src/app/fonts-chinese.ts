/** Split by unicode-range: a browser fetches only the pieces whose characters are on the page. */
import '@fontsource-variable/noto-serif-sc/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
