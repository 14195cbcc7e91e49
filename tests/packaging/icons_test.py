#!/usr/bin/env python3
"""The icons are one family: the same grid, the same stroke, one colour that the window tints.

    icons_test.py TOP-OF-THE-TREE
"""

import pathlib
import sys
import unittest
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
icons = None


class IconsTest(unittest.TestCase):
    def line_icons(self):
        found = [path for path in sorted(icons.glob("*.svg")) if not path.stem.startswith("kith")]
        self.assertGreaterEqual(len(found), 24)
        return found

    def test_line_icons_share_grid_and_stroke(self):
        for path in self.line_icons():
            with self.subTest(icon=path.name):
                root = ElementTree.parse(path).getroot()
                self.assertEqual(root.get("viewBox"), "0 0 24 24")
                self.assertEqual(root.get("fill"), "none")
                self.assertEqual(root.get("stroke"), "#000")
                self.assertEqual(root.get("stroke-linecap"), "round")
                self.assertEqual(root.get("stroke-linejoin"), "round")
                # The three dots are points, which a line's width would make too small.
                self.assertEqual(root.get("stroke-width"), "2.75" if path.stem == "more" else "1.75")

    def test_no_part_of_a_line_icon_has_a_style_of_its_own(self):
        for path in self.line_icons():
            for part in list(ElementTree.parse(path).getroot().iter())[1:]:
                own = {"stroke", "fill", "style", "class", "stroke-width", "opacity", "transform"} & set(part.keys())
                self.assertFalse(own, f"{path.name}: {own}")

    def test_symbolic_icon_has_one_colour_so_that_the_desktop_can_tint_it(self):
        root = ElementTree.parse(icons / "kith-symbolic.svg").getroot()
        self.assertEqual(root.get("viewBox"), "0 0 16 16")
        self.assertEqual({part.get("fill") for part in list(root)}, {"#2e3436"})

    def test_program_icon_is_square_and_asks_for_nothing_outside(self):
        root = ElementTree.parse(icons / "kith.svg").getroot()
        self.assertEqual(root.get("viewBox"), "0 0 256 256")
        for part in root.iter():
            self.assertNotIn(part.tag, (SVG + "image", SVG + "script", SVG + "text", SVG + "foreignObject"))


if __name__ == "__main__":
    icons = pathlib.Path(sys.argv.pop(1)) / "resources" / "icons"
    unittest.main(verbosity=2)
