"""What we do with customers: touchpoints. (Tasks and playbooks belong here.)"""
