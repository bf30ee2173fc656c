'use strict';
(function () {
  var langs = document.querySelectorAll('input[name="lang"]');
  var both = document.querySelectorAll('[data-both]');

  // What the style cannot change: labels in attributes, options, the language of the page.
  function speak(lang) {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    both.forEach(function (e) {
      e.getAttribute('data-both').split(' ').forEach(function (name) {
        var text = e.getAttribute('data-' + lang + '-' + name);
        if (name === 'text') e.textContent = text;
        else e.setAttribute(name, text);
      });
    });
  }
  langs.forEach(function (input) {
    input.addEventListener('change', function () {
      speak(input.value);
      try { localStorage.setItem('xlogscan-lang', input.value); } catch (e) { /* a page from disk may have no storage */ }
      if (form) apply(false);
    });
  });
  (function () {
    var kept = null;
    try { kept = localStorage.getItem('xlogscan-lang'); } catch (e) { return; }
    langs.forEach(function (input) {
      if (input.value === kept && !input.checked) {
        input.checked = true;
        speak(kept);
      }
    });
  })();

  var form = document.getElementById('filter');
  var target = function () {
    var id = decodeURIComponent(location.hash.slice(1));
    return id && id[0] !== '?' ? document.getElementById(id) : null;
  };
  var reveal = function () {
    var at = target();
    if (!at) return;
    var hidden = at.closest('[hidden]');
    if (hidden && form) {
      fields.forEach(function (name) { form.elements[name].value = ''; });
      apply(false);
      at.scrollIntoView();
    }
  };
  window.addEventListener('hashchange', function () {
    if (form && (location.hash === '' || location.hash[1] === '?')) {
      restore();
      apply(false);
    }
    reveal();
  });
  if (!form) return;

  var fields = ['outcome', 'stage', 'signature', 'party', 'q']; // rows have the options of the first four in this order
  var output = form.querySelector('output');
  var rows = Array.prototype.map.call(document.querySelectorAll('#calls tbody tr'), function (tr) {
    var link = tr.querySelector('a[href^="#"]');
    return {
      tr: tr,
      section: link && document.getElementById(link.getAttribute('href').slice(1)),
      options: tr.getAttribute('data-f').split(',').map(function (list) { return list.split(' '); }),
      text: null
    };
  });

  function textOf(row) {
    if (row.text === null) {
      var parts = [row.tr.textContent];
      var link = row.tr.querySelector('[title]');
      if (link) parts.push(link.title);
      row.options.forEach(function (list, i) {
        list.forEach(function (n) {
          if (n !== '') parts.push(form.elements[fields[i]].options[Number(n) + 1].textContent);
        });
      });
      if (row.section) parts.push(row.section.textContent);
      row.text = parts.join(' ').toLowerCase();
    }
    return row.text;
  }

  function matches(row, wanted, words) {
    for (var i = 0; i < wanted.length; i++) {
      if (row.options[wanted[i].field].indexOf(wanted[i].option) < 0) return false;
    }
    return words.every(function (w) { return textOf(row).indexOf(w) >= 0; });
  }

  function apply(save) {
    var wanted = [];
    var state = new URLSearchParams();
    fields.forEach(function (name, i) {
      var field = form.elements[name];
      if (field.value === '') return;
      state.set(name, field.value);
      if (name !== 'q') wanted.push({ field: i, option: String(field.selectedIndex - 1) });
    });
    var words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row) {
      var ok = matches(row, wanted, words);
      if (ok) shown++;
      row.tr.hidden = !ok;
      if (row.section) row.section.hidden = !ok;
    });
    var numbers = [shown, rows.length];
    output.textContent = output.getAttribute('data-format').replace(/%s/g, function () { return String(numbers.shift()); });
    if (save) {
      var hash = state.toString();
      history.replaceState(null, '', hash ? '#?' + hash : '#');
    }
  }

  function restore() {
    var state = new URLSearchParams(location.hash.slice(0, 2) === '#?' ? location.hash.slice(2) : '');
    fields.forEach(function (name) { form.elements[name].value = state.get(name) || ''; });
  }

  form.addEventListener('input', function () { apply(true); });
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  form.addEventListener('reset', function () { setTimeout(function () { apply(true); }, 0); });
  form.hidden = false;
  restore();
  apply(false);
  reveal();
})();
