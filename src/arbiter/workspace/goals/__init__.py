"""What a customer wants: taken down, agreed, judged, kept."""
