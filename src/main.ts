import { mount } from 'svelte';
import App from './app/App.svelte';
import { preloadLatinFonts } from './app/fonts';
import './app/global.css';
import { fetchFirstFiles } from './app/opening/first-files';
import { preferences } from './app/preferences.svelte';

/** Files that come sooner are waited for without a word. */
const SOON_MS = 250;

// In the order they are needed: a browser asks one host for a few files at a time.
const firstFiles = fetchFirstFiles(location.hash);
const ownWords = preferences.start();
preloadLatinFonts();
const soon = new Promise((resolve) => setTimeout(resolve, SOON_MS));
await Promise.all([ownWords, Promise.race([firstFiles, soon])]);
mount(App, { target: document.getElementById('app')! });
