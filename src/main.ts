// A page with its name on it, until the app mounts here.
document.title = 'Slotscope';
