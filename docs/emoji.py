"""Own drawings of the few emoji that the messages hold: no font that may be given on has them in colour.

Each is drawn in a square of 24 units, y downwards.
"""

_THUMB = (
    '<path fill="#ffcc4d" d="M9 21h8q2.6 0 2.6-2.2 1.6-.8 1.2-2.6 1.4-1 .7-2.7 1.3-1.2.4-2.7-.6-1-2-1h-5'
    'q1.3-4.6.2-6.6-.8-1.3-2.3-1-.9.2-.9 1.6-.1 3.6-3.3 6.4L7 11.5v8.2Z"/>'
    '<rect x="2" y="10.5" width="5" height="10.5" rx="1" fill="#e6a23c"/>'
)

DRAWINGS = {
    "👍": _THUMB,
    "👎": f'<g transform="matrix(1 0 0 -1 0 24)">{_THUMB}</g>',
    "🔔": (
        '<path fill="#f5a623" d="M12 2.2q1.5 0 1.5 1.6 4.7 1 4.7 6.4 0 4.3 2.8 6.6v1.6H3v-1.6'
        'q2.8-2.3 2.8-6.6 0-5.4 4.7-6.4 0-1.6 1.5-1.6Z"/>'
        '<path fill="#c77f12" d="M9.3 19.4h5.4q-.4 2.4-2.7 2.4t-2.7-2.4Z"/>'
    ),
    "🏆": (
        '<path fill="none" stroke="#e09a1a" stroke-width="1.8" d="M7 5H3.2q0 6 5 6.6M17 5h3.8q0 6-5 6.6"/>'
        '<path fill="#ffb92e" d="M6.3 2.5h11.4q.3 10.2-4.2 11.8v3h2.7V21H7.8v-3.7h2.7v-3Q6 12.7 6.3 2.5Z"/>'
        '<path fill="#a8641b" d="M6.5 19h11v2.8h-11Z"/>'
    ),
}
