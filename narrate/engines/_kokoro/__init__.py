"""What the kokoro engine is made of: its dictionary, its weights, its networks and what lies between them.

    utterance ── phonemes ──▶ Sounds ── passages ──▶ … ── network ──▶ sound and durations ── clip ──▶ Clip

Private: `narrate.engines.kokoro` is the plug-in.
"""
