"""Records in, text out, in the order of these modules: `order`, `segments`, `text`, `judged`.

`order` groups records into sets and levels, `segments` writes one object loop by loop, `text` joins
elements and guards the delimiters, `judged` checks what is written and names it by record and attribute.
"""
