import { mount } from 'svelte';
import App from './app/App.svelte';
import { preloadLatinFonts } from './app/fonts';
import './app/global.css';
import { preferences } from './app/preferences.svelte';

preloadLatinFonts();
await preferences.start();
mount(App, { target: document.getElementById('app')! });
